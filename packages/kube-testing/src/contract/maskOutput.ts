/** What differs from run to run in what people read, each with what stands for it. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  // Ends of names: pods of ReplicaSets, ReplicaSets, anything with a generated name.
  [
    /-[bcdfghjklmnpqrstvwxz2456789]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g,
    '-<hash>-<suffix>',
  ],
  [/-[bcdfghjklmnpqrstvwxz2456789]{8,10}(?![\w-])/g, '-<hash>'],
  [/-[bcdfghjklmnpqrstvwxz2456789]{5}(?![\w-])/g, '-<suffix>'],
  [/pod-template-hash([=:] ?)\w+/g, 'pod-template-hash$1<hash>'],
  [/kube-api-access-\w{5}\b/g, 'kube-api-access-<suffix>'],
  [/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>'],
  [/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000 UTC/g, '<time>'],
  [/(resourceVersion"?: |Resource Version: +)"?\d+"?/g, '$1<version>'],
  [/^([IWE])\d{4} [\d:.]+ +\d+ /gm, '$1 '],
  [/\b(?:\d{1,2}[dhms])+(?: ago)?\b/g, '<age>'],
  [/<(?:invalid|unknown)>(?= *$)/gm, '<age>'],
  [/\breal\b|\bsandbox\b/g, '<cluster>'],
  [/\bnode-\d+\b/g, '<node>'],
  [/\b(topology\.kubernetes\.io\/zone=)\w+/g, '$1<zone>'],
  [/^( +Zone: +)\w+/gm, '$1<zone>'],
  // Columns are as wide as what is in them.
  [/ {2,}/g, '  '],
  [/ +$/gm, ''],
];

/** The output of a command without what differs from run to run. */
export function maskOutput(text: string): string {
  return VOLATILE.reduce(
    (masked, [pattern, placeholder]) => masked.replace(pattern, placeholder),
    text,
  );
}
