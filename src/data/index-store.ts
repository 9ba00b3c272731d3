/** Where the index of a data folder is kept between visits; never in the user's folder. Values can be structured-cloned. */
export interface IndexStore {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}
