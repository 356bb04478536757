import * as z from 'zod'
import { catalog, model, source } from './models.ts'
import { directOffer } from './models-show.ts'

export const contract = z
  .strictObject({
    schema: z.literal('orx.models.compare/1'),
    catalog,
    models: z.array(
      model.extend({
        endpoints: z.int().describe('known endpoints'),
        direct: z.array(directOffer).describe("providers' own prices"),
      }),
    ),
    sources: z.array(source),
  })
  .meta({ id: 'orx.models.compare/1', title: 'orx models compare --json' })
