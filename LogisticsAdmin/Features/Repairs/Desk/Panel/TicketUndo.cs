using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work.Undo;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Desk.Panel;

/// <summary>The latest action on tickets, for the undo bar.</summary>
internal sealed class TicketUndo(UndoService undos, UndoOffers offers, IStringLocalizer<DeskText> words, IStringLocalizer<TicketsText> ticketWords)
    : IUndoSource
{
    public event Action? Changed
    {
        add => offers.Changed += value;
        remove => offers.Changed -= value;
    }

    public long? Latest => offers.Latest;

    public async Task<OfferedUndo?> LatestAsync(CancellationToken ct = default)
    {
        if (await undos.LatestAsync(ct) is not { } offer) return null;
        var about = new[] { offer.Number ?? words["UndoTickets", offer.Count], offer.Crew?.ToString(), offer.Technician }.OfType<string>();
        return new OfferedUndo(offer.Id, offer.Verb.ToString(), words["UndoDone", ticketWords[$"RepairVerb.{offer.Verb}"]], string.Join(" · ", about),
            offer.Remaining);
    }

    public async Task<UndoOutcome> UndoAsync(long id, CancellationToken ct = default)
    {
        var result = await undos.UndoAsync(id, ct);
        return new UndoOutcome(result.Done, words["UndoTickets", result.Done], [.. result.Refused.Select(r => new UndoLeft(
            r.Number, $"repairs/{r.Number}", Rejected.Because<DeskText>("TouchedBy", r.By ?? words["House"].Value, r.LastVerb)))]);
    }
}
