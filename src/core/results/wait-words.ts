import { formatRupees } from "../money.ts";
import type { WaitInputs } from "./types.ts";

/** `waits until its premium has risen by 10 %: 105.00 now, reference 100.00, order at 110.00` */
export function waitInputWords({ rule, premium, reference, threshold }: WaitInputs): string {
  return `${rule}: ${halves(premium)} now, reference ${halves(reference)}, order at ${halves(threshold)}`;
}

/** Rupees; a premium that is the middle of a quote may end in half a paisa. */
function halves(paise: number | null): string {
  if (paise === null) return "—";
  return Number.isInteger(paise) ? formatRupees(paise) : (paise / 100).toFixed(3);
}
