using System.Globalization;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Figures;

/// <summary>The summary of the fees of a period in sentences, in one language: only what the figures say.</summary>
internal sealed class FeeSummary(IStringLocalizer<FeeFiguresText> words, Func<string, FigureReading> reading)
{
    public string Paragraph()
    {
        var (receivable, received, arrears) = (Of("receivable"), Of("received"), Of("arrears"));
        if (receivable.Counted == 0 && received.Counted == 0 && arrears.Counted == 0) return words["Summary.None"];
        List<string> said = [words["Summary.Money", Yuan(receivable.Value), Yuan(received.Value)] + Change(receivable) + words["Summary.Stop"]];
        if (Of("collection-rate") is { Value: { } rate } collection)
        {
            said.Add(collection.Target is { } target
                ? words["Summary.RateWithTarget", Percent(rate), Percent(target)] : words["Summary.Rate", Percent(rate)]);
        }
        said.Add(arrears.Counted == 0
            ? words["Summary.NoArrears"] : words["Summary.Arrears", Of("arrears-accounts").Counted, Yuan(arrears.Value), Yuan(Of("arrears-older").Value)]);
        if (Of("usage-electricity") is { Counted: > 0, Value: { } energy } && Of("per-person-electricity").Value is { } each)
            said.Add(words["Summary.Electricity", Number(energy), each.ToString("N1", Culture)]);
        return string.Join(Between(), said);
    }

    private string Change(FigureReading value) => value is { Previous: > 0 and var before, Value: { } now }
        ? words[now >= before ? "Summary.More" : "Summary.Less", Percent(Math.Abs(now - before) / before)] : "";

    /// <summary>English sentences stand apart by a blank.</summary>
    private static string Between() => Languages.IsChinese(CultureInfo.CurrentUICulture) ? "" : " ";

    private FigureReading Of(string code) => reading(FeeFigures.Full(code));

    private static string Yuan(decimal? value) => (value ?? 0).ToString("N2", Culture);

    private static string Number(decimal value) => value.ToString("N0", Culture);

    private static string Percent(decimal share) => (share * 100).ToString("0.0", Culture) + "%";

    private static CultureInfo Culture => CultureInfo.CurrentCulture;
}
