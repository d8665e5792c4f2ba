using System.Globalization;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.People;

/// <summary>One-time codes as a document, for the administrator who issued them and as long as the page to print shows them. It is never stored.</summary>
public sealed class IssuedCodesDocument(IssuedCodes issued, CurrentUser user, OfficeTime time, IOfficeCard card, IStringLocalizer<PeopleText> words)
{
    /// <summary>Throws NotFound when the codes expired or somebody else issued them.</summary>
    public async Task<Document> ReadAsync(Guid key, CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        var codes = issued.Of(key, user.PersonId);
        if (codes.Count == 0) throw new NotFound();
        var office = (await card.CurrentAsync(ct)).Name?.ToString() ?? "";
        return new Document
        {
            Title = words["SlipTitle"],
            Office = office,
            Date = time.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Language = Languages.Known(CultureInfo.CurrentUICulture.Name),
            Author = office,
            Format = PageFormat.Slip,
            Blocks = [new Heading(1, words["SlipTitle"]), .. codes.SelectMany(Slip)],
        };
    }

    // One table per person, which stays on one page, so that the slips can be cut apart.
    private IEnumerable<Block> Slip(IssuedCode code) =>
    [
        new Heading(2, code.FullName),
        new Table("", words["SlipUse", time.Show(code.Expires)], [new("", Weight: 1), new("", Weight: 2)],
            [new([words["Field.UserName"], code.UserName]), new([words["SlipCode"], code.Code])]),
    ];
}
