import {
  Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
} from 'yaml';

/** A document in YAML and the keys that it has twice, as `line 6: key "x" already set in map`. */
export interface ParsedYaml {
  data: unknown;
  duplicates: string[];
}

/** The text is no YAML. */
export class YamlError extends Error {}

function findDuplicates(document: Document, lines: LineCounter): string[] {
  const found: string[] = [];
  const visit = (node: unknown) => {
    if (isSeq(node)) {
      node.items.forEach(visit);
    } else if (isMap(node)) {
      const seen = new Set<string>();
      for (const { key, value } of node.items) {
        visit(value);
        const name = JSON.stringify(isScalar(key) ? key.value : String(key));
        if (seen.has(name)) {
          // Go's decoder finds out when it has the value, and names the line of that.
          const place = isNode(value) && value.range ? value : (key as any);
          const { line } = lines.linePos(place.range[0]);
          found.push(`line ${line}: key ${name} already set in map`);
        }
        seen.add(name);
      }
    }
  };
  visit(document.contents);
  return found;
}

/** Reads the first document as YAML 1.1 without dates and numbers to the base of sixty, as Go's YAML does. */
export function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    version: '1.1',
    merge: true,
    uniqueKeys: false,
    lineCounter: lines,
    customTags: tags =>
      tags.filter(
        tag =>
          typeof tag === 'string' ||
          (tag.tag !== 'tag:yaml.org,2002:timestamp' && tag.format !== 'TIME'),
      ),
  });
  const first = Array.isArray(documents) ? documents[0] : undefined;
  if (!first) {
    return { data: null, duplicates: [] };
  }
  if (first.errors.length > 0) {
    const [{ message, linePos }] = first.errors;
    const [detail] = message.split(/ at line|\n/);
    throw new YamlError(`line ${linePos?.[0].line}: ${detail}`);
  }
  return { data: first.toJS(), duplicates: findDuplicates(first, lines) };
}
