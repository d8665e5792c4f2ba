using System.Globalization;
using System.Net;
using System.Text;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>
/// The prices of one scope over the years as SVG: solid until today, dashed from then on, a cross for what was withdrawn. Words are given as they are to
/// be shown.
/// </summary>
internal sealed class StepChart(IReadOnlyList<RateRow> rates, DateOnly today, DateOnly day, StepChartWords words)
{
    private const decimal Left = 48;
    private const decimal Right = 644;
    private const decimal Top = 30;
    private const decimal Bottom = 262;
    private const int Lines = 4;

    private readonly List<RateRow> _standing = [.. rates.Where(r => !r.IsWithdrawn).OrderBy(r => r.FirstDay)];
    private readonly StringBuilder _svg = new();
    private DateOnly _first;
    private DateOnly _last;
    private decimal _low;
    private decimal _high;

    /// <summary>Null when there is nothing to draw.</summary>
    public string? Draw(string title)
    {
        var priced = rates.Where(r => r.Rule.SetsPrice).ToList();
        if (priced.Count == 0) return null;
        _first = Earliest(priced.Min(r => r.FirstDay), today.AddYears(-1)).AddDays(-30);
        _last = Latest(priced.Max(r => r.FirstDay).AddYears(1), today.AddMonths(13));
        if (day < _first) _first = day.AddDays(-30);
        if (day > _last) _last = day.AddDays(30);
        var prices = priced.SelectMany(r => r.Rule.Steps.Select(s => s.Price)).ToList();
        Scale(prices.Min(), prices.Max());
        Tag($"<svg viewBox=\"0 0 660 290\" width=\"100%\" role=\"img\" aria-label=\"{Encoded(title)}\">");
        Grid();
        Years();
        Future();
        for (var i = 0; i < _standing.Count; i++) Rate(i);
        foreach (var rate in rates.Where(r => r.IsWithdrawn && r.Rule.SetsPrice)) Withdrawn(rate);
        Marker();
        Tag("</svg>");
        return _svg.ToString();
    }

    private void Scale(decimal low, decimal high)
    {
        var range = high == low ? Math.Max(high / 2, 0.01m) : high - low;
        var step = NiceStep(range * 1.3m / Lines);
        _low = Math.Max(0, decimal.Floor((low - range * 0.15m) / step) * step);
        _high = _low + step * Lines;
        while (_high < high) _high += step;
    }

    // 1, 2 or 5 with zeros.
    private static decimal NiceStep(decimal about)
    {
        var step = 0.0001m;
        while (true)
        {
            foreach (var factor in new[] { 1m, 2m, 5m })
                if (step * factor >= about) return step * factor;
            step *= 10;
        }
    }

    private void Grid()
    {
        for (var i = 0; i <= Lines; i++)
        {
            var value = _low + (_high - _low) * i / Lines;
            Tag($"<line x1=\"{N(Left)}\" x2=\"{N(Right)}\" y1=\"{N(Y(value))}\" y2=\"{N(Y(value))}\" stroke=\"var(--line)\"/>");
            Text(Left - 6, Y(value) + 4, "end", value.ToString("0.####", CultureInfo.InvariantCulture), "t");
        }
    }

    private void Years()
    {
        var every = Math.Max(1, (_last.Year - _first.Year) / 10);
        for (var year = _first.Year; year <= _last.Year; year++)
        {
            var begin = new DateOnly(year, 1, 1);
            if (begin >= _first) Tag($"<line x1=\"{N(X(begin))}\" x2=\"{N(X(begin))}\" y1=\"{N(Bottom)}\" y2=\"{N(Bottom + 4)}\" stroke=\"var(--ink-3)\"/>");
            var (from, until) = (X(Latest(begin, _first)), X(Earliest(begin.AddYears(1), _last)));
            if (until - from > 30 && year % every == 0) Text((from + until) / 2, Bottom + 18, "middle", year.ToString(CultureInfo.InvariantCulture), "t");
        }
    }

    private void Future() =>
        Tag($"<rect x=\"{N(X(today))}\" y=\"{N(Top)}\" width=\"{N(Math.Max(0, Right - X(today)))}\" height=\"{N(Bottom - Top)}\" fill=\"var(--hover)\"/>");

    private void Rate(int i)
    {
        var rate = _standing[i];
        if (!rate.Rule.SetsPrice) return;
        var end = i + 1 < _standing.Count ? _standing[i + 1].FirstDay : _last;
        var steps = rate.Rule.Steps;
        for (var s = 0; s < steps.Count; s++)
        {
            var before = i > 0 && s < _standing[i - 1].Rule.Steps.Count ? _standing[i - 1].Rule.Steps[s].Price : (decimal?)null;
            if (rate.FirstDay <= today) Segment(rate.FirstDay, Earliest(end, today.AddDays(1)), before, steps[s].Price, s, isDashed: false);
            if (end > today) Segment(Latest(rate.FirstDay, today), end, rate.FirstDay > today ? before : null, steps[s].Price, s, isDashed: true);
        }
        var label = string.Join(" / ", steps.Select(s => RateArithmetic.Price(s.Price)));
        if (X(end) - X(rate.FirstDay) < label.Length * 5) return;
        var state = rate.State switch
        {
            RateState.Current => " " + words.Current,
            RateState.Scheduled => " " + words.Scheduled,
            _ => "",
        };
        Text(X(rate.FirstDay) + 6, Y(steps[^1].Price) - 7, "start", label + state, "t s");
    }

    private void Segment(DateOnly from, DateOnly until, decimal? before, decimal price, int step, bool isDashed)
    {
        var path = before is { } old ? $"M{N(X(from))} {N(Y(old))} V{N(Y(price))} H{N(X(until))}" : $"M{N(X(from))} {N(Y(price))} H{N(X(until))}";
        var look = isDashed ? " stroke-dasharray=\"7 4\"" : "";
        Tag($"<path d=\"{path}\" fill=\"none\" stroke=\"var(--brand)\" stroke-width=\"{(step == 0 ? "2.5" : "1.5")}\"{look}/>");
    }

    private void Withdrawn(RateRow rate)
    {
        var (x, y) = (X(rate.FirstDay), Y(rate.Rule.Steps[0].Price));
        Tag($"<path d=\"M{N(x - 5)} {N(y - 5)} l10 10 m0 -10 l-10 10\" stroke=\"var(--ink-3)\" stroke-width=\"2\"/>");
        Text(x - 10, y + 4, "end", $"{RateArithmetic.Price(rate.Rule.Steps[0].Price)} {words.Withdrawn}", "t");
    }

    private void Marker()
    {
        Tag($"<line x1=\"{N(X(day))}\" x2=\"{N(X(day))}\" y1=\"{N(Top - 6)}\" y2=\"{N(Bottom)}\" stroke=\"var(--ink)\" stroke-width=\"1.2\"/>");
        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Text(X(day), 16, X(day) > (Left + Right) / 2 ? "end" : "start", day == today ? $"{words.Today} {date}" : date, "t s");
        if (_standing.LastOrDefault(r => r.FirstDay <= day) is { Rule.SetsPrice: true } rate)
        {
            var at = $"cx=\"{N(X(day))}\" cy=\"{N(Y(rate.Rule.Steps[0].Price))}\"";
            Tag($"<circle {at} r=\"5\" fill=\"var(--surface)\" stroke=\"var(--ink)\" stroke-width=\"2\"/>");
        }
    }

    private decimal X(DateOnly at) => Left + (Right - Left) * (at.DayNumber - _first.DayNumber) / (_last.DayNumber - _first.DayNumber);

    private decimal Y(decimal price) => Bottom - (Bottom - Top) * (price - _low) / (_high - _low);

    private void Text(decimal x, decimal y, string anchor, string text, string look) => Tag(
        $"<text x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\" class=\"{look}\">{Encoded(text)}</text>");

    private void Tag(string tag) => _svg.Append(tag);

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private static string N(decimal number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static DateOnly Earliest(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateOnly Latest(DateOnly one, DateOnly other) => one > other ? one : other;
}
