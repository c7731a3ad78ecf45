/** What was found on this machine, in sentences for people, as Markdown. Pure. */
import type { Backend } from '../../server/protocol';
import { numberText } from '../sizeText';
import type { BackendChoice } from './backendChoice';
import { diskBytes, type EnginePack, packedBytes } from './enginePacks';
import type { Gpu, Machine } from './machine';
import type { ProbeFailure, ProbeOutcome } from './probe';
import type { GpuBackend } from './probeReport';
import { isSoftwareDevice, type ProbeLine, reportsIn } from './survey';

type Failed = Extract<ProbeOutcome, { ok: false }>;

/** Puts arguments in the places {0}, {1} of a message, in the person's language: `vscode.l10n.t`. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

export interface ReportFacts {
  readonly machine: Machine;
  readonly lines: readonly ProbeLine[];
  readonly choice: BackendChoice;
  /** Engines that could be fetched for this machine. */
  readonly offers: readonly EnginePack[];
}

export function report({ machine, lines, choice, offers }: ReportFacts, t: Translate, locale = 'en'): string {
  const parts: readonly (readonly [title: string, items: readonly string[]])[] = [
    [t('Processor and Memory'), basics(machine, t, locale)],
    [t('Graphics'), [...graphics(machine, lines, t, locale), ...lines.flatMap((line) => lineSentences(line, t))]],
    [t('What Runs the Models'), choiceSentences(choice, t)],
    [t('What Can Be Downloaded'), offers.map((pack) => offerSentence(pack, t))],
  ];
  const texts = parts
    .filter(([, items]) => items.length > 0)
    .map(([title, items]) => `## ${title}\n\n${items.map((item) => `- ${item}`).join('\n')}\n`);
  return `# ${t('This Machine')}\n\n${texts.join('\n')}`;
}

/** For people: `Vulkan`. */
export function backendName(backend: Backend, t: Translate): string {
  switch (backend) {
    case 'cpu':
      return t('the processor');
    case 'metal':
      return 'Metal';
    case 'cuda':
      return 'CUDA';
    case 'vulkan':
      return 'Vulkan';
  }
}

function basics({ cpu, cores, memoryBytes }: Machine, t: Translate, locale: string): string[] {
  return [
    cpu === '' ? t('The processor does not tell its name.') : t('The processor is {0}.', escaped(cpu)),
    cores === 1 ? t('Minnow may use one core.') : t('Minnow may use {0} cores.', cores),
    t('Programs may use {0} of memory.', gibibytes(memoryBytes, locale)),
  ];
}

function graphics({ gpus }: Machine, lines: readonly ProbeLine[], t: Translate, locale: string): string[] {
  const cards = reportsIn(lines).flatMap((each) => (each.probe === 'drivers' ? each.cards : []));
  const listed = cards.map(({ name, memoryBytes }) =>
    memoryBytes > 0
      ? t('The system lists {0} with {1}.', escaped(name), gibibytes(memoryBytes, locale))
      : t('The system lists {0}.', escaped(name)),
  );
  const opened = gpus.map((gpu) => gpuSentence(gpu, t, locale));
  return [...listed, ...(opened.length > 0 ? opened : [t('No graphics card was found that can run models.')])];
}

function gpuSentence({ name, backend, memoryBytes, isUnified }: Gpu, t: Translate, locale: string): string {
  const [gpu, by, bytes] = [escaped(name), backendName(backend, t), gibibytes(memoryBytes, locale)];
  if (memoryBytes === 0) return t('{0} can run models with {1}. It does not tell how much memory it has.', gpu, by);
  return isUnified
    ? t('{0} can run models with {1} and may take {2} of the memory of the machine.', gpu, by, bytes)
    : t('{0} can run models with {1} and has {2} of memory of its own.', gpu, by, bytes);
}

/** What is not told by the list of GPUs: what failed, what is missing, what is of no use. */
function lineSentences({ probed, outcome }: ProbeLine, t: Translate): string[] {
  if (!outcome.ok) return [failureSentence(outcome, probed, t)];
  if (outcome.report.probe !== 'backend') return [];
  const { backend, devices } = outcome.report;
  if (devices.length === 0) return [t('{0} found no graphics card.', backendName(backend, t))];
  return devices
    .filter(isSoftwareDevice)
    .map((name) => t('{0} is not used: it only imitates a graphics card, on the processor.', escaped(name)));
}

function failureSentence({ reason, detail }: Failed, probed: ProbeLine['probed'], t: Translate): string {
  const what = probed === 'drivers' ? t('The graphics drivers could not be looked at') : failureOf(reason, probed, t);
  return detail === '' ? t('{0}.', what) : t('{0}: {1}', what, escaped(detail));
}

function failureOf(reason: ProbeFailure, backend: GpuBackend, t: Translate): string {
  const name = backendName(backend, t);
  switch (reason) {
    case 'crashed':
      return t('The driver for {0} crashed when it was tried', name);
    case 'timedOut':
      return t('The driver for {0} did not finish in time', name);
    case 'garbage':
      return t('What the driver for {0} answered could not be understood', name);
    case 'failed':
      return t('{0} could not be opened', name);
  }
}

function choiceSentences({ backend, reason, missing, crashed }: BackendChoice, t: Translate): string[] {
  const name = backendName(backend, t);
  const before =
    missing === undefined ? [] : [t('The settings ask for {0}, which cannot be used here.', backendName(missing, t))];
  const left = crashed.map((each) =>
    t(
      '{0} is not used automatically, because it crashed before. It can be chosen in the settings.',
      backendName(each, t),
    ),
  );
  return [...before, ...left, reasonSentence(reason, name, t)];
}

function reasonSentence(reason: BackendChoice['reason'], name: string, t: Translate): string {
  switch (reason) {
    case 'wished':
      return t('Models run on {0}, because the settings say so.', name);
    case 'lastGood':
      return t('Models run on {0}, as before.', name);
    case 'best':
      return t('Models run on {0}, the best of what can be used here.', name);
    case 'noneAvailable':
      return t('Models run on {0}: no graphics card can be used.', name);
    case 'allCrashed':
      return t('Models run on {0}: everything else has crashed before.', name);
  }
}

function offerSentence(pack: EnginePack, t: Translate): string {
  return t(
    'An engine for {0} can be downloaded: {1}, and {2} on disk.',
    backendName(pack.backend, t),
    megabytes(packedBytes(pack)),
    megabytes(diskBytes(pack)),
  );
}

/** Memory is sold in powers of two. */
function gibibytes(bytes: number, locale: string): string {
  const gib = bytes / 2 ** 30;
  return `${numberText(gib, gib < 10 ? 1 : 0, locale)} GiB`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** Text for Markdown that is none itself: names and details come from drivers, and from files of others. */
export function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|&]/g, '\\$&');
}
