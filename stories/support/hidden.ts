const { prototype } = CanvasRenderingContext2D;
const { getImageData } = prototype;

/**
 * Gives noise for pixels, as Tor does and Firefox that resists fingerprinting. On canvases that are on
 * the page, this one tells the truth: tests look at them. For `beforeEach`; returns what ends it.
 */
export function hidePixels(): () => void {
  prototype.getImageData = function (...area) {
    const image = getImageData.apply(this, area);
    return this.canvas.isConnected ? image : new ImageData(image.data.fill(7), image.width);
  };
  return showPixels;
}

/** For `afterEach`, so that the story can be looked at. */
export function showPixels(): void {
  prototype.getImageData = getImageData;
}
