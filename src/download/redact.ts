/** What of an address may be shown, logged or kept. Pure. */

/** Without credentials, query and fragment, any of which may hold a secret. */
export function shown(url: string): string {
  if (!URL.canParse(url)) return '';
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** Text with each address in it cut to what may be shown. */
export function redacted(text: string): string {
  return text.replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, shown);
}
