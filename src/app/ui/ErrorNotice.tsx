import type { JSX } from "solid-js";

/** What went wrong, and below it why and what to do; read out at once. */
export function ErrorNotice(props: { title: string; children: JSX.Element }) {
  return (
    <div class="notice error" role="alert">
      <strong>{props.title}</strong>
      {props.children}
    </div>
  );
}
