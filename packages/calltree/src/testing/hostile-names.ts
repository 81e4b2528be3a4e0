/** Names as an attacker, or a careless compiler, would write them. */
export const HOSTILE_NAMES: readonly string[] = [
  '<img src=x onerror="window.hacked=true">',
  '</script><script>window.hacked=true</script>',
  '<!--<script>',
  ']]></title><b>&amp;',
  `"'\`><svg onload=alert(1)>`,
  '${window.hacked=true}{{constructor.constructor("window.hacked=true")()}}',
  'javascript:window.hacked=true',
  'safe\u202Egnp.js\u202C',
  'line\nbreak\r\ttab\u0000null\u001b[31mred',
  '\u2066isolate\u2069 \u200bzero\u200dwidth\u2028separator',
  'مرحبا.בואו()',
  '👩‍👩‍👧‍👦'.repeat(4),
  'half a pair: \ud83d, other half: \udd25, no character: \uffff',
  '__proto__',
  'constructor',
  'a'.repeat(100_000),
];
