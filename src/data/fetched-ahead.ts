/**
 * Each item with what is fetched for it, the next one's while the current one's is used: a decoder that keeps the thread busy does not keep
 * the disk waiting. Rejects with what a fetch rejects with.
 */
export async function* fetchedAhead<I, F>(items: readonly I[], fetch: (item: I) => Promise<F>): AsyncGenerator<readonly [item: I, fetched: F]> {
  const begin = (place: number): Promise<F> | undefined => {
    const begun = place < items.length ? fetch(items[place]) : undefined;
    // Nobody waits for it any more where the use of the one before has failed.
    begun?.catch(() => undefined);
    return begun;
  };
  let next = begin(0);
  for (const [place, item] of items.entries()) {
    const fetched = await next!;
    next = begin(place + 1);
    yield [item, fetched];
  }
}
