/** Whether an address's fragment claims to be a shared strategy, of this version of links or another. */
export function isShareFragment(fragment: string): boolean {
  return /^#s\d+\./.test(fragment);
}
