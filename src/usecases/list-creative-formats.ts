import { fittingFormats } from '../domain/format-filters.ts';
import { formatsNamed, formatsOffered } from '../domain/format-listing.ts';
import { pagedList, pageInfo, pageOfList, pagePosition } from '../domain/pagination.ts';
import type { ListCreativeFormatsRequest, ListCreativeFormatsSuccess } from '../protocol/wire/list-creative-formats.ts';
import { answer, type UseCase } from './desk.ts';

/** Describes creative formats: those that are named, or all that the seller takes. */
export const listCreativeFormats: UseCase<ListCreativeFormatsRequest, ListCreativeFormatsSuccess> = async (request, caller, desk) => {
  const list = pagedList('list_creative_formats', caller.principal, request, desk);
  const position = pagePosition(request.pagination, list);
  if (position.kind === 'refused') return position;
  const { agent_url } = desk.seller;
  const described = await desk.catalogue.formats(caller);
  const formats = request.format_ids
    ? formatsNamed(request.format_ids, described, agent_url)
    : formatsOffered(await desk.catalogue.products(caller), described, agent_url);
  const page = pageOfList(fittingFormats(formats, request), position);
  return answer({ formats: [...page.items], pagination: pageInfo(page.last, list, page.total) });
};
