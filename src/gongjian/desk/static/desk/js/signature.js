// A signature drawn with finger, pen or mouse goes into the form's hidden field as a PNG. Without scripts a photo does.
const pad = document.querySelector("[data-signature-pad]");
const field = document.querySelector("input[data-signature]");
const SHORTEST = 40; // pixels of ink: a tap by mistake signs nothing

if (pad && field) {
  const canvas = pad.querySelector("canvas");
  const ink = canvas.getContext("2d");
  let pen = null;
  let length = 0;

  const blank = () => {
    ink.fillStyle = "#fff";
    ink.fillRect(0, 0, canvas.width, canvas.height);
    length = 0;
  };
  const show = (drawn) => {
    const image = new Image();
    image.addEventListener("load", () => ink.drawImage(image, 0, 0));
    image.src = drawn;
    length = SHORTEST;
  };
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  };
  const draw = (event) => {
    const [x, y] = at(event);
    length += Math.hypot(x - pen.x, y - pen.y);
    Object.assign(pen, { x, y });
    ink.lineTo(x, y);
    ink.stroke();
  };
  const lift = (event) => {
    if (pen?.id !== event.pointerId) return;
    pen = null;
    field.value = length < SHORTEST ? "" : canvas.toDataURL("image/png");
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (pen) return; // the ball of the hand
    const [x, y] = at(event);
    pen = { id: event.pointerId, x, y };
    canvas.setPointerCapture(event.pointerId);
    ink.lineWidth = 4;
    ink.lineCap = ink.lineJoin = "round";
    ink.strokeStyle = "#1c1b1a";
    ink.beginPath();
    ink.moveTo(x, y);
  });
  canvas.addEventListener("pointermove", (event) => pen?.id === event.pointerId && draw(event));
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  pad.querySelector("[data-signature-clear]").addEventListener("click", () => {
    blank();
    field.value = "";
  });
  pad.hidden = false;
  blank();
  if (field.value.startsWith("data:image/png;base64,")) show(field.value); // refused for another reason: what was drawn stays
}
