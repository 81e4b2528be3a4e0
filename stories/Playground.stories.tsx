import {
  foldedFromStackTable,
  jsonFromStackTable,
  pprofFromStackTable,
  speedscopeFromStackTable,
  type NamedStacks,
} from '@hyperflame/calltree';
import { ProfileViewerView } from '@hyperflame/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { decodeProfilesJson, encodeProfiles } from '../packages/ingest/src/otlp/codec.ts';
import { buildStep } from './fixtures/recorded.ts';
import { dark, narrow } from './support/dark.ts';
import { Picture } from './support/picture.ts';
import { ProfileOpener } from './support/ProfileOpener.tsx';

const recorded = buildStep();
const first = { file: 'A recorded build step', profiles: [{ name: 'CPU', stacks: recorded }] };

const meta: Meta = {
  title: 'Playground',
  render: () => (
    <ProfileOpener first={first}>
      {({ name, stacks }: NamedStacks, file) => (
        <ProfileViewerView key={`${file} ${name}`} stacks={stacks} />
      )}
    </ProfileOpener>
  ),
};
export default meta;
type Story = StoryObj;

/** Any profile file, dropped on the page, chosen with the button or pasted. */
export const OpenAnyProfile: Story = {
  play: async ({ canvasElement }) => {
    await new Picture(canvasElement).painted();
  },
};
export const OpenAnyProfileDark = dark(OpenAnyProfile);
export const OpenAnyProfileNarrow = narrow(OpenAnyProfile);

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** What a person does with a file; the page cannot tell it from the real thing. */
function drop(name: string, content: string | Uint8Array): void {
  const dataTransfer = new DataTransfer();
  const part = typeof content === 'string' ? content : content.slice();
  dataTransfer.items.add(new File([part], name));
  document
    .querySelector('[data-testid="opener"]')
    ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}

/** An OTLP payload of one sample, as a Collector's file exporter writes it: `hash` called by `main`. */
const otlpJson = JSON.stringify({
  dictionary: {
    stringTable: ['', 'cpu', 'nanoseconds', 'main', 'hash', 'shop.ts'],
    functionTable: [{}, { nameStrindex: 3, filenameStrindex: 5 }, { nameStrindex: 4 }],
    mappingTable: [{}],
    locationTable: [
      {},
      { lines: [{ functionIndex: 1, line: '7' }] },
      { lines: [{ functionIndex: 2, line: '9' }] },
    ],
    stackTable: [{}, { locationIndices: [2, 1] }],
    attributeTable: [{}],
    linkTable: [{}],
  },
  resourceProfiles: [
    {
      scopeProfiles: [
        {
          profiles: [
            {
              sampleType: { typeStrindex: 1, unitStrindex: 2 },
              samples: [{ stackIndex: 1, values: ['5520000000'] }],
            },
          ],
        },
      ],
    },
  ],
});

const total = /5\.52\ss/;

/** Reading a large file takes its time on a small machine. */

/** The same profile in every format that there is, dropped one after the other. */
export const DroppedFiles: Story = {
  play: async ({ canvas, canvasElement }) => {
    const pprof = await pprofFromStackTable(recorded, { type: 'cpu' });
    const unzipped = await new Response(
      new Blob([pprof.slice()]).stream().pipeThrough(new DecompressionStream('gzip')),
    ).arrayBuffer();
    // Packed in two parts, one behind the other, as `cat` leaves them: still one gzip file.
    const half = unzipped.byteLength >> 1;
    const parts = [unzipped.slice(0, half), unzipped.slice(half)].map((part) =>
      new Response(
        new Blob([part]).stream().pipeThrough(new CompressionStream('gzip')),
      ).arrayBuffer(),
    );
    const inParts = await new Blob(await Promise.all(parts)).arrayBuffer();
    const files: [name: string, content: Uint8Array][] = [
      ['profile.pb.gz', pprof],
      ['profile.pb', new Uint8Array(unzipped)],
      ['parts.pb.gz', new Uint8Array(inParts)],
      ['profile.speedscope.json', bytesOf(speedscopeFromStackTable(recorded))],
      ['profile.json', bytesOf(jsonFromStackTable(recorded))],
      ['otlp.json', bytesOf(otlpJson)],
      ['otlp.bin', encodeProfiles(decodeProfilesJson(otlpJson))],
    ];
    for (const [name, content] of files) {
      drop(name, content);
      await expect(await canvas.findByRole('heading', { name })).toBeVisible();
      await new Picture(canvasElement).painted();
      await waitFor(() => expect(canvasElement.textContent).toMatch(total));
      await expect(canvas.queryByRole('alert')).toBeNull();
    }
  },
};

export const ChosenFile: Story = {
  play: async ({ canvas }) => {
    const file = new File(['main;hash 30\nmain;parse 12\n'], 'profile.folded');
    await userEvent.upload(canvas.getByLabelText('Profile file'), file);
    await expect(await canvas.findByRole('heading', { name: 'profile.folded' })).toBeVisible();
    await expect(await canvas.findByText('42 samples')).toBeVisible();
  },
};

export const PastedText: Story = {
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', foldedFromStackTable(recorded));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    const heading = await canvas.findByRole('heading', { name: 'Pasted text' });
    await expect(heading).toBeVisible();
    await new Picture(canvasElement).painted();
  },
};

/** What could not be read, where, and why; what was open stays open. */
export const BrokenFiles: Story = {
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    const says = (...texts: (string | RegExp)[]) =>
      waitFor(async () => {
        for (const text of texts) await expect(canvas.getByRole('alert')).toHaveTextContent(text);
      });
    drop('notes.txt', 'main;hash 30\nremember the milk\n');
    await says('notes.txt', 'Line 2 does not end in a weight');
    drop('other.json', '{"hello": "world"}');
    await says(
      'other.json',
      'neither OTLP profiles, speedscope, a profile of V8 or Firefox, a trace nor a stack table',
    );
    const broken =
      '{"shared":{"frames":[]},"profiles":[{"type":"sampled","samples":[[7]],"weights":[1]}]}';
    drop('broken.json', broken);
    await says('broken.json', 'profiles[0].samples[0][0]');
    drop('photo.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0, 1));
    await says('photo.png', 'Neither text nor a pprof profile');
    drop('<img src=x onerror="window.hacked=true">', 'x');
    await says('<img src=x onerror="window.hacked=true">');
    await expect(within(canvas.getByTestId('opener')).getByRole('treegrid')).toBeInTheDocument();
    await expect('hacked' in window).toBe(false);
  },
};
export const BrokenFilesNarrow = narrow(BrokenFiles);
