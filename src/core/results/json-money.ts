import { roundHalfUp, type Paise } from "../money.ts";

/** Paise as rupees rounded to the paisa, the form of amounts in JSON files. Never −0. */
export function rupees(paise: Paise): number {
  return roundHalfUp(paise) / 100;
}

export function rupeesOrNull(paise: Paise | null): number | null {
  return paise === null ? null : rupees(paise);
}
