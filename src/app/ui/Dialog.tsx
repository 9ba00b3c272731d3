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

/** A modal dialog that is open while it is in the page. Escape and a click beside it close it. */
export function Dialog(props: DialogProps) {
  return (
    <Kobalte open onOpenChange={(open) => !open && props.onClose()}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="dialog-overlay" />
        <Kobalte.Content class="dialog" classList={{ wide: props.wide ?? false }}>
          <Kobalte.Title class={props.hideTitle ? "hidden" : "dialog-title"}>{props.title}</Kobalte.Title>
          {props.children}
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte>
  );
}
