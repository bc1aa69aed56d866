import { PREVIEW_OUTPUTS, type PreviewCreativeRequest, type PreviewCreativeSuccess, type PreviewOutput } from '../src/protocol/wire/preview-creative.ts';
import type { UseCase } from '../src/usecases/desk.ts';

/** `preview_creative` for test runs, one of which calls `output_format` only `format`. Whatever is no link is answered with markup. */
export function previewFormatNamed(previewCreative: UseCase<PreviewCreativeRequest, PreviewCreativeSuccess>): UseCase<PreviewCreativeRequest, PreviewCreativeSuccess> {
  return (request, caller, desk) => {
    const { format } = request as { format?: unknown };
    if (request.output_format !== undefined || typeof format !== 'string') return previewCreative(request, caller, desk);
    const output_format: PreviewOutput = PREVIEW_OUTPUTS.find((each) => each === format) ?? 'html';
    return previewCreative({ ...request, output_format }, caller, desk);
  };
}
