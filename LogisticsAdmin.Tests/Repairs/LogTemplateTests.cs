using LogisticsAdmin.Features.Repairs.LogImport;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

public sealed class LogTemplateTests
{
    [Fact]
    public void Filling_stops_at_the_limit_however_many_placeholders_follow()
    {
        const int most = 2_000, cell = 32_767;
        var asked = 0;
        var template = new LogTemplate(string.Concat(Enumerable.Repeat("{A}", 5_000)));

        var text = template.Fill(_ => { asked++; return new string('x', cell); }, most);

        Assert.InRange(text.Length, most + 1, (2 * most) + cell);
        Assert.Equal(1, asked);
    }

    [Fact]
    public void A_text_within_the_limit_is_filled_to_its_end() => Assert.Equal("a a a.", new LogTemplate("{A} {A} {A}.").Fill(_ => "a", 6));
}
