import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { Limiter } from '../../base/limiter';
import type { Prober, ProbeSettings } from '../../engine/probe';
import type { Knowledge } from '../../calls/knowledge';
import { lastingGrants, readOnlyProfile } from '../../calls/probe-grants';
import type { Profile } from '../../instance/profile';
import type { ProbeReport } from '../../reuse/findings';
import { UserError } from '../common/user-error';
import type { ComponentLibrary } from '../components/component-library';
import type { KnownComponent, ReadComponent } from '../components/known-component';
import { readOrRefuse } from '../components/read-or-refuse';
import { commandIds } from '../common/ids';
import { settings } from '../settings/settings';
import { probeConsentText } from '../../words/probe';
import { probeWords } from '../../words/probe-report';
import type { ProfileStore } from '../engine/profile-store';
import { startWithProgress } from '../common/start-progress';
import { mayRun } from '../common/trust';
import { notify } from '../common/notify';
import { buttons } from '../../words/notifications';
import { commandErrors, readRefusals } from '../../words/user-errors';

/** How many components are probed automatically at a time. */
const laneCount = 2;

/** Verdicts change in bursts; unknown ones are looked for after this delay, in ms. */
const settleMs = 300;

/** What {@link ProbeService} works with. */
export interface ProbeServiceParts {
  readonly prober: Prober;
  readonly library: ComponentLibrary;
  readonly knowledge: Knowledge;
  readonly profiles: ProfileStore;
  readonly log: vscode.LogOutputChannel;
}

/** Probes components with their profiles: on request, and automatically if the setting allows it. */
export class ProbeService implements Disposable {
  readonly #parts: ProbeServiceParts;
  readonly #owned = new DisposableStore();
  readonly #lanes = new Limiter(laneCount);
  readonly #end = new AbortController();
  /** Contents that were probed automatically in this session, with any result. */
  readonly #tried = new Set<string>();
  #settling: NodeJS.Timeout | undefined;

  constructor(parts: ProbeServiceParts) {
    this.#parts = parts;
    const look = () => {
      this.#settling ??= setTimeout(() => {
        this.#settling = undefined;
        this.#probeUnknown();
      }, settleMs);
    };
    this.#owned.add(parts.knowledge.onDidChange(look));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(look));
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('freshInstance.probe.automatic')) look();
      }),
    );
  }

  /** Probes a component on request, with progress that can be cancelled, and shows what was seen. */
  async probe(component: KnownComponent): Promise<void> {
    const { name, path } = component;
    const content = readOrRefuse(component, readRefusals.probe);
    const { entry } = content.summary;
    if (entry === null) {
      throw new UserError(...commandErrors.noRunToProbe(name));
    }
    if (!(await mayRun(name))) return;
    const profile = await this.#profileToProbe(name, path);
    if (profile === null) return;
    const report = await startWithProgress(name, async (signal, progress) => {
      progress('probing');
      const until = AbortSignal.any([signal, this.#end.signal]);
      return await this.#probe(content, entry, { profile, signal: until, progress });
    });
    if (report === null) return;
    this.#parts.log.info(`probed ${path}: ${JSON.stringify(report)}`);
    const why = buttons.why();
    const choice = await notify.info(probeWords(name, report), why);
    if (choice === why) await vscode.commands.executeCommand(commandIds.explainVerdict, { path });
  }

  dispose(): void {
    clearTimeout(this.#settling);
    this.#end.abort();
    this.#owned.dispose();
  }

  /** The component's profile. Asks first if it grants more than reading; null if the user closes the question. */
  async #profileToProbe(name: string, path: string): Promise<Profile | null> {
    const profile = this.#parts.profiles.get(path);
    const lasting = lastingGrants(profile);
    if (lasting === null) return profile;
    const all = buttons.probeWithGrants();
    const reading = buttons.probeReadOnly();
    const choice = await notify.warn(probeConsentText(name, lasting), all, reading);
    if (choice === all) return profile;
    return choice === reading ? readOnlyProfile(profile) : null;
  }

  async #probe({ build }: ReadComponent, entry: string, options: ProbeSettings): Promise<ProbeReport | null> {
    const report = await this.#parts.prober.probe(build, entry, options);
    if (report !== null) this.#parts.knowledge.learnProbe(build.sha256, report);
    return report;
  }

  /** Probes each unknown content once, only in a trusted workspace, and only with grants that need no consent. */
  #probeUnknown(): void {
    if (!settings.probesAutomatically() || !vscode.workspace.isTrusted) return;
    for (const { content, path } of this.#parts.library.all()) {
      if (content.type !== 'component') continue;
      const { entry } = content.summary;
      const { sha256 } = content.build;
      if (entry === null || !this.#isUnknown(sha256)) continue;
      const profile = this.#parts.profiles.get(path);
      if (lastingGrants(profile) !== null) continue;
      this.#tried.add(sha256);
      void this.#lanes.run(async () => {
        if (this.#end.signal.aborted || !vscode.workspace.isTrusted) return;
        try {
          await this.#probe(content, entry, { profile, signal: this.#end.signal });
        } catch (error) {
          this.#parts.log.warn(`${path} could not be probed: ${String(error)}`);
        }
      });
    }
  }

  #isUnknown(sha256: string): boolean {
    if (this.#tried.has(sha256) || this.#parts.knowledge.probeReport(sha256) !== undefined) return false;
    const { repeat, basis } = this.#parts.knowledge.verdict(sha256);
    return repeat === 'unknown' && basis === 'static';
  }
}
