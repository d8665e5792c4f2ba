using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>Computes a sample of bills again from their proof, and adds up everybody's part.</summary>
internal sealed class BillsCheck : IStorageCheck
{
    private const int Sample = 500;

    public string Subject => "bills";

    public async IAsyncEnumerable<string> ProblemsAsync(LogisticsDb db, string directory, [EnumeratorCancellation] CancellationToken ct)
    {
        var count = await db.Bills.LongCountAsync(b => b.Kind != BillKind.Correction, ct);
        var every = Math.Max(1, count / Sample);
        var bills = db.Bills.AsNoTracking().Include(b => b.Shares).Where(b => b.Kind != BillKind.Correction && b.Id % every == 0).OrderBy(b => b.Id);
        await foreach (var bill in bills.AsAsyncEnumerable().WithCancellation(ct))
        {
            var proof = BillProof.Parse(bill.Proof);
            var (amount, parts) = (proof.Charge().Amount.Fen, bill.Shares.Sum(s => s.AmountFen) + bill.VacantFen);
            if (amount != bill.AmountFen) yield return $"Bill {bill.Number} amounts to {bill.AmountFen} fen, its proof to {amount}.";
            if (bill.RoomId is not null && parts != bill.AmountFen)
                yield return $"The parts of bill {bill.Number} add up to {parts} fen instead of {bill.AmountFen}.";
        }
    }
}
