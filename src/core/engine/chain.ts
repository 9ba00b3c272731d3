/** The contracts of one expiry on one date, by number: `first` + strike index × 2 + side. */
import type { DayNumber } from "../time.ts";
import type { Paise } from "../money.ts";
import type { NamedStrike } from "./ports.ts";

/** What the market rules say of the contracts of one expiry. */
export interface ContractTerms {
  readonly expiry: DayNumber;
  /** Units. */
  readonly lotSize: number;
  /** Distance between neighbouring strikes, rupees. */
  readonly step: number;
}

export class Chain {
  readonly strikePaise: readonly Paise[];
  private readonly indexOf: ReadonlyMap<Paise, number>;

  constructor(
    readonly terms: ContractTerms,
    /** Ascending. */
    readonly strikes: readonly NamedStrike[],
    /** Number of the first contract; even, so that the last bit of a number tells its side. */
    readonly first: number,
  ) {
    this.strikePaise = strikes.map(({ strike }) => Math.round(strike * 100));
    this.indexOf = new Map(this.strikePaise.map((paise, index) => [paise, index]));
  }

  number(index: number, side: number): number {
    return this.first + index * 2 + side;
  }

  holds(number: number): boolean {
    return number >= this.first && number < this.first + this.strikes.length * 2;
  }

  strike(number: number): NamedStrike {
    return this.strikes[(number - this.first) >> 1];
  }

  /** Whether there is a name of the contract, rather than only of its strike. */
  isNamed(number: number): boolean {
    const { ce, pe } = this.strike(number);
    return (number & 1) === 0 ? ce : pe;
  }

  /** Index of a strike in paise; undefined where none has that name. */
  at(paise: Paise): number | undefined {
    return this.indexOf.get(paise);
  }

  get stepPaise(): Paise {
    return this.terms.step * 100;
  }
}
