/** An error in words for the page: what happened and, where it is known, what to do. */
export function errorText(error: unknown): string {
  if (error instanceof DOMException) return domErrors[error.name] ?? error.message;
  return error instanceof Error ? error.message : String(error);
}

const domErrors: Readonly<Record<string, string>> = {
  NotFoundError: "The folder is no longer where it was: it was renamed, moved or its disk was taken out. Put it back and reconnect, or open it again.",
  NotAllowedError: "The browser may not read the folder any more. Reconnect it, or open it again.",
  SecurityError: "The browser refused the folder picker here. Drop the folder on the page instead.",
  QuotaExceededError: "The browser's storage for this page is full. Free some disk space and try again.",
};
