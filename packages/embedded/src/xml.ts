export type XmlNode = { readonly [element: string]: XmlValue };
type XmlValue = string | number | XmlNode | readonly (string | XmlNode)[];

/** A file of ClickHouse's configuration: `{ a: { b: [1, 2] } }` → `<a><b>1</b><b>2</b></a>`. */
export function document(root: XmlNode): string {
  return `<?xml version="1.0"?>\n${element('clickhouse', root)}\n`;
}

function element(name: string, value: XmlValue): string {
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('');
  if (typeof value === 'object') {
    const children = Object.entries(value).map(([child, inner]) => element(child, inner));
    return `<${name}>${children.join('')}</${name}>`;
  }
  return `<${name}>${escapeXml(String(value))}</${name}>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
