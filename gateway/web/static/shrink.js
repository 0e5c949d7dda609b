// Photos are made smaller before they are sent, so that they go fast over a weak net and fit into what a browser keeps.
// Whatever fails is sent as it is: the server checks and shrinks everything again.
const QUALITY = 0.85;

async function shrunk(file, longest) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white"; // a JPEG knows no transparency
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

export async function shrinkAll(input) {
  const chosen = new DataTransfer();
  for (const file of input.files) {
    chosen.items.add(await shrunk(file, Number(input.dataset.shrink)).catch(() => file));
  }
  input.files = chosen.files;
}
