/** What a picture has to know of the element that it is drawn in. */
interface Place {
  readonly isConnected: boolean;
  readonly clientWidth: number;
}

/**
 * What a `ResizeObserver` of a picture's place does: it draws in each width that the place gets, and ends with the place. Parts of the page
 * are often made anew, and their pictures are not told.
 * @param end gives back what the picture holds outside of its place
 */
export function followSize(
  place: Place,
  draw: (width: number) => void,
  end: () => void = () => undefined,
): (entries: unknown, observer: { readonly disconnect: () => void }) => void {
  return (_entries, observer) => {
    if (!place.isConnected) {
      observer.disconnect();
      end();
    } else if (place.clientWidth > 0) {
      draw(place.clientWidth);
    }
  };
}
