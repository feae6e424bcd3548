// A signature drawn with finger, pen or mouse goes into the form's hidden field as a PNG. Without scripts a photo does.
const pad = document.querySelector("[data-signature-pad]");
const field = document.querySelector("input[data-signature]");

if (pad && field) {
  const canvas = pad.querySelector("canvas");
  const ink = canvas.getContext("2d");
  let drawing = false;

  const clear = () => {
    ink.fillStyle = "#fff";
    ink.fillRect(0, 0, canvas.width, canvas.height);
    field.value = "";
  };
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  };

  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    ink.lineWidth = 4;
    ink.lineCap = "round";
    ink.strokeStyle = "#1c1b1a";
    ink.beginPath();
    ink.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    ink.lineTo(...at(event));
    ink.stroke();
  });
  canvas.addEventListener("pointerup", () => {
    drawing = false;
    field.value = canvas.toDataURL("image/png");
  });
  pad.querySelector("[data-signature-clear]").addEventListener("click", clear);
  pad.hidden = false;
  clear();
}
