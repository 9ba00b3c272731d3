import { ErrorBoundary, Suspense, type JSX } from "solid-js";
import { errorText } from "../session/errors.ts";

/** A part of the page whose script comes when it is wanted, or says why it does not. */
export function Loaded(props: { children: JSX.Element }) {
  return (
    <ErrorBoundary fallback={(error: unknown) => <div class="notice error" role="alert">This part of the page could not be loaded: {errorText(error)} Reload the page.</div>}>
      <Suspense fallback={<p class="muted">Loading…</p>}>{props.children}</Suspense>
    </ErrorBoundary>
  );
}
