/** Colours and font of the page's design for canvases, which take no CSS variables. Asked for often, looked up once a theme. */

const dark = matchMedia("(prefers-color-scheme: dark)");
const colours = new Map<string, string>();

/** Looked up when this is loaded: later the page would have to be laid out first. */
export const AXIS_FONT = `11px ${getComputedStyle(document.body).fontFamily}`;

/** What a colour token is in the theme that is shown. */
export function resolveColour(token: string): string {
  const key = `${document.documentElement.dataset.theme ?? dark.matches} ${token}`;
  const known = colours.get(key);
  if (known !== undefined) return known;
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  colours.set(key, color);
  return color;
}
