export function Builder() {
  return <p class="muted">…</p>;
}
