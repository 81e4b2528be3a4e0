const PPROF = '`pprof -proto FILE > profile.pb.gz` converts it';

/** Files that people have and that are not read, by the characters that their bytes begin with. */
const BEGINNINGS: readonly (readonly [beginning: RegExp, what: string])[] = [
  [/^PK\x03\x04/, 'a zip archive; unpack it first'],
  [/^\x28\xb5\x2f\xfd/, 'packed with zstd; `zstd -d` unpacks it'],
  [/^\xfd7zXZ\0/, 'packed with xz; `xz -d` unpacks it'],
  [/^BZh\d/, 'packed with bzip2; `bzip2 -d` unpacks it'],
  [/^PERFILE2/, 'what perf records; `perf script` prints it as a text that can be read'],
  [/^FLR\0/, 'a recording of Java Flight Recorder; `jfrconv -o collapsed` converts it'],
  [/^Nettrace/, 'a trace of .NET; `dotnet-trace convert --format Speedscope` converts it'],
  [/^\{"snapshot":/, 'a heap snapshot of V8, which has no stacks; record a sampling heap profile'],
  [/^\s*<(!doctype|html|\?xml)/i, 'a page, such as that of an error or a login, or XML'],
  // Words of 4 or 8 bytes: nothing, three words of header, version 0, and the period.
  [/^(\0{8}\x03\0{7}\0{8}|\0{4}\x03\0{3}\0{4})/, `a CPU profile of gperftools; ${PPROF}`],
  [/^goroutine \d/, 'stacks of goroutines in text; get them without `debug=2`'],
  [/^(heap|goroutine|threadcreate) profile: |^--- \w+/, `a profile in text; ${PPROF}`],
];

/** What a file is that cannot be read, and what to do with it, if that is known. */
export function unreadFormat(bytes: Uint8Array): string | undefined {
  const beginning = String.fromCharCode(...bytes.subarray(0, 64));
  const known = BEGINNINGS.find(([pattern]) => pattern.test(beginning));
  return known && `This is ${known[1]}`;
}
