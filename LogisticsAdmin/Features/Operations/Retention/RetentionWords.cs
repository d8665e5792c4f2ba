using System.Globalization;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Operations.Retention;

/// <summary>What a run would remove, in the reader's language.</summary>
internal static class RetentionWords
{
    public static string Of(IStringLocalizer words, RetentionPreview preview)
    {
        var count = preview.Count.ToString("N0", CultureInfo.CurrentCulture);
        string would = words[$"Would.{preview.Kind}", count, preview.Before.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
        return preview.LeftOut == 0 ? would : would + words["Separator"] + words["LeftOut", preview.LeftOut];
    }
}
