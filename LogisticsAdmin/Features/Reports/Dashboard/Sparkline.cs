using System.Globalization;
using System.Text;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>
/// Thirteen months as a small line with the target, without words: the table of months has the numbers. Months that missed the target are hollow,
/// so that colour is not needed.
/// </summary>
internal static class Sparkline
{
    private const double Width = 212, Height = 46, Edge = 6;

    public static string Draw(FigureDefinition figure, IReadOnlyList<decimal?> months, decimal? target)
    {
        var known = months.OfType<decimal>().ToList();
        if (known.Count == 0) return "";
        var all = target is { } aim ? [.. known, aim] : known;
        var (low, high) = ((double)all.Min(), (double)all.Max());
        if (high <= low) (low, high) = (low - 1, high + 1);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" aria-hidden=\"true\">");
        if (target is { } line)
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"0\" x2=\"{Width}\" y1=\"{Y(line):0.#}\" y2=\"{Y(line):0.#}\" class=\"spark-target\"/>");
        foreach (var run in Runs())
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', run)}\" class=\"spark-line\"/>");
        for (var i = 0; i < months.Count; i++)
        {
            if (months[i] is not { } value) continue;
            var (isMissed, isLast) = (FigureFormat.IsMet(figure, value, target) == false, i == months.Count - 1);
            if (!isMissed && !isLast) continue;
            var name = isMissed ? "spark-missed" : "spark-met";
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(i):0.#}\" cy=\"{Y(value):0.#}\" r=\"{(isLast ? 4 : 2.6)}\" class=\"{name}\"/>");
        }
        return svg.Append("</svg>").ToString();

        double X(int i) => Edge + (Width - 2 * Edge) * (months.Count == 1 ? 1 : (double)i / (months.Count - 1));

        double Y(decimal value) => Height - Edge - ((double)value - low) / (high - low) * (Height - 2 * Edge);

        // A month without a value interrupts the line.
        IEnumerable<List<string>> Runs()
        {
            List<string> run = [];
            for (var i = 0; i < months.Count; i++)
            {
                if (months[i] is { } value) run.Add(string.Create(CultureInfo.InvariantCulture, $"{X(i):0.#},{Y(value):0.#}"));
                if ((months[i] is null || i == months.Count - 1) && run.Count > 0)
                {
                    yield return run;
                    run = [];
                }
            }
        }
    }
}
