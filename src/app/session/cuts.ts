/** The views of the results beside the equity. */
export const CUTS = ["calendar", "months", "splits", "distribution", "excursions", "variants", "days"] as const;

export type Cut = (typeof CUTS)[number];
