using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>The text of a message as its fields.</summary>
internal static class NoticeForm
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>Nothing when it is no form, or a field occurs twice: what was signed would not be clear.</summary>
    public static IReadOnlyDictionary<string, string> Parse(string raw)
    {
        try
        {
            using var reader = new FormReader(raw) { ValueCountLimit = 200, ValueLengthLimit = PaymentLimits.NoticeBytes };
            var fields = reader.ReadForm();
            return fields.Values.Any(v => v.Count != 1) ? Nothing : fields.ToDictionary(f => f.Key, f => f.Value.ToString());
        }
        catch (InvalidDataException)
        {
            return Nothing;
        }
    }
}
