/**
 * For the page that has Leitmotif in an `<iframe data-leitmotif="#article">`: sends the text of the element that the
 * selector names, and makes the frame as high as its content. A classic script; it may come before the frames or after
 * them, and more than once.
 */
(() => {
  const frames = () => /** @type {HTMLIFrameElement[]} */ ([...document.querySelectorAll("iframe[data-leitmotif]")]);

  addEventListener("message", ({ source, origin, data }) => {
    const frame = frames().find(({ contentWindow }) => contentWindow === source);
    if (!frame) return;
    // In a sandbox a page has no origin; elsewhere the frame may have gone to another one.
    const sandboxed = frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin");
    if (origin !== (sandboxed ? "null" : new URL(frame.src).origin)) return;
    if (data?.type === "leitmotif:ready") {
      const text = /** @type {HTMLElement | null} */ (document.querySelector(frame.dataset.leitmotif ?? ""))?.innerText ?? "";
      frame.contentWindow?.postMessage({ type: "leitmotif:read", id: frame.id, text }, sandboxed ? "*" : origin);
    }
    if (data?.type === "leitmotif:size" && data.height > 0) frame.style.height = `${data.height}px`;
  });

  for (const frame of frames()) frame.contentWindow?.postMessage({ type: "leitmotif:hello" }, "*");
})();
