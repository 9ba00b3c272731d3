/** Legs, conditions and other entries of a list dragged to another place by their grip; Alt ↑ and Alt ↓ do the same by keyboard. */
import { pathText, type Path } from "../../core/strategy/text.ts";

export interface ItemPlace {
  readonly list: Path;
  readonly index: number;
}

/** The items of the builder and the one that is being dragged. */
export function createItemDrag(move: (list: Path, from: number, to: number) => void) {
  const places = new WeakMap<Element, () => ItemPlace>();
  let dragged: ItemPlace | undefined;
  let marked: HTMLElement | undefined;

  function mark(item: HTMLElement | undefined, side: "before" | "after" = "before") {
    if (marked !== item) marked?.removeAttribute("data-drop");
    item?.setAttribute("data-drop", side);
    marked = item;
  }

  /** The item of the dragged one's own list that the pointer is over, and which half of it. */
  function targetOf(event: DragEvent): { readonly item: HTMLElement; readonly index: number; readonly after: boolean } | undefined {
    if (!dragged || !(event.target instanceof Element)) return undefined;
    for (let item = event.target.closest<HTMLElement>("[data-item]"); item; item = item.parentElement?.closest<HTMLElement>("[data-item]") ?? null) {
      const grip = item.querySelector("[data-grip]");
      const place = grip && places.get(grip)?.();
      if (!place || pathText(place.list) !== pathText(dragged.list)) continue;
      const { top, height } = item.getBoundingClientRect();
      return { item, index: place.index, after: event.clientY > top + height / 2 };
    }
    return undefined;
  }

  return {
    /** Tells which entry a grip moves. */
    grip: (element: HTMLElement, place: () => ItemPlace) => void places.set(element, place),
    onDragStart(event: DragEvent) {
      const grip = event.target instanceof Element ? event.target : undefined;
      dragged = grip && places.get(grip)?.();
      if (!dragged || !event.dataTransfer) return;
      event.dataTransfer.effectAllowed = "move";
      // Firefox drags nothing that has no data.
      event.dataTransfer.setData("text/plain", "");
      const item = grip?.closest("[data-item]");
      if (item) event.dataTransfer.setDragImage(item, 12, 12);
    },
    onDragOver(event: DragEvent) {
      if (!dragged) return;
      // The page itself waits for files to be dropped.
      event.stopPropagation();
      const target = targetOf(event);
      mark(target?.item, target?.after ? "after" : "before");
      if (target) event.preventDefault();
    },
    onDrop(event: DragEvent) {
      if (!dragged) return;
      event.stopPropagation();
      event.preventDefault();
      const target = targetOf(event);
      if (!target) return;
      const slot = target.index + (target.after ? 1 : 0);
      const to = slot > dragged.index ? slot - 1 : slot;
      if (to !== dragged.index) move(dragged.list, dragged.index, to);
    },
    onDragEnd() {
      dragged = undefined;
      mark(undefined);
    },
  };
}
