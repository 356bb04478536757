const NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for an element or an attribute in double quotes. */
export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (each) => NAMES[each] ?? '')
