import type { Need } from '../catalog/needs.ts'
import type { VolumeRequest } from '../cost/volume.ts'
import type { Payment, Plan } from '../fees.ts'
import type { Usd } from '../money.ts'

/** One use of a language model, as a team plans it. */
export type Workload = {
  readonly name: string
  /** Where the file says which model or task: "team.yaml:4: workloads[1].model". */
  readonly place: string
  /** Either is there: a task of data/tasks.json, or a model as it was typed. */
  readonly task: string | null
  readonly model: string | null
  /** The first month. */
  readonly volume: VolumeRequest
  /** Share of the volume that may run as a batch. */
  readonly batch: Usd | null
  /** Growth a month; null takes the file's. */
  readonly growth: Usd | null
  /** Contract discount with whoever serves it; null takes the file's. */
  readonly discount: Usd | null
  readonly needs: readonly Need[]
  readonly minContext: number | null
  readonly maxPrice: { readonly input: Usd; readonly output: Usd } | null
  /** Least quality: a share of the best score of the task. */
  readonly floor: Usd | null
}

/** A workload file: several workloads and how they are billed together. */
export type WorkloadFile = {
  readonly months: number
  readonly growth: Usd | null
  readonly plan: Plan
  readonly pay: Payment
  readonly topUp: Usd | null
  /** What retries, fallback and a second bill cost a month when not everything goes by Credits. */
  readonly opsCost: Usd | null
  /** Contract discount by provider slug. */
  readonly discount: Readonly<Record<string, Usd>>
  readonly workloads: readonly Workload[]
}
