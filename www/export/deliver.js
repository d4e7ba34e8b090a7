/** How an export leaves the page: as a file, or through the clipboard. Nothing is sent anywhere. */

/** Long enough for the slowest browser to have taken the file, in milliseconds. */
const TAKEN = 60_000;

/**
 * @param {string} name of the file
 * @param {string} text
 * @param {string} type MIME type
 */
export function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  // Firefox follows only links that are in the page.
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), TAKEN);
}

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether the browser allowed it
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Copies a picture as PNG, which every program takes; drawn at twice its size, for sharp print.
 *
 * @param {string} svg a whole SVG file
 * @returns {Promise<boolean>} whether the browser allowed it
 */
export async function copyPicture(svg) {
  try {
    // The promise goes in at once: Safari allows writing only within the click itself.
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png(svg) })]);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} svg @returns {Promise<Blob>} */
async function png(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.naturalWidth;
  canvas.height = 2 * image.naturalHeight;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"));
}
