import { Dialog as Kobalte } from "@kobalte/core/dialog";
import type { JSX } from "solid-js";

export interface DialogProps {
  readonly title: string;
  /** Shown to nobody but read out, where the content speaks for itself. */
  readonly hideTitle?: boolean;
  readonly wide?: boolean;
  onClose(): void;
  readonly children: JSX.Element;
}

/** A modal dialog that is open while it is in the page. Escape and a click beside it close it, and the focus goes back to where it was. */
export function Dialog(props: DialogProps) {
  const opener = document.activeElement;
  let content!: HTMLElement;

  /**
   * The trap of Kobalte gives a control that loses the focus to nothing the focus back at once, also while it is being taken out of the
   * page: Chromium then sends the keys to what is gone, and Escape no longer reaches the dialog. So the trap is not asked, and the
   * dialog takes the focus once the control is gone or disabled.
   */
  function keepFocus(event: FocusEvent) {
    if (event.relatedTarget !== null) return;
    event.stopPropagation();
    queueMicrotask(() => content.isConnected && document.activeElement === document.body && content.focus({ preventScroll: true }));
  }

  return (
    <Kobalte open onOpenChange={(open) => !open && props.onClose()}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="dialog-overlay" />
        <Kobalte.Content
          ref={content}
          class="dialog"
          classList={{ wide: props.wide ?? false }}
          on:focusout={keepFocus}
          onCloseAutoFocus={() => opener instanceof HTMLElement && opener.focus({ preventScroll: true })}
        >
          <Kobalte.Title class={props.hideTitle ? "hidden" : "dialog-title"}>{props.title}</Kobalte.Title>
          {props.children}
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte>
  );
}
