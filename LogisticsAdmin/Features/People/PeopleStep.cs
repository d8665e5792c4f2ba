using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.People;

/// <summary>First step: at least one dispatcher, technician and resident who may sign in.</summary>
internal sealed class PeopleStep(IStringLocalizer<PeopleText> words) : ISetupStep
{
    private static readonly Role[] Needed = [Role.Dispatcher, Role.Technician, Role.Resident];

    public int Order => 60;
    public string Key => "people";
    public LocalName Title { get; } = LocalName.Of<PeopleText>("FirstStep.Title");
    public LocalName About { get; } = LocalName.Of<PeopleText>("FirstStep.About");
    public IReadOnlyList<SetupLink> Links { get; } =
    [
        new(LocalName.Of<PeopleText>("FirstStep.Enter"), "people"), new(LocalName.Of<PeopleText>("FirstStep.Import"), $"imports/{Import.PeopleImport.KindKey}"),
    ];
    public bool IsSuggested => false;
    public bool IsOptional => false;

    public async Task<SetupState> ReadAsync(LogisticsDb db, CancellationToken ct)
    {
        var living = db.Users.Living().Where(p => p.Status != PersonStatus.Disabled && p.Status != PersonStatus.Graduated);
        var counts = await (
            from person in living
            join held in db.Set<IdentityUserRole<long>>() on person.Id equals held.UserId
            group held by held.RoleId into roles
            select new { roles.Key, Count = roles.Count() }).ToDictionaryAsync(r => (Role)r.Key, r => r.Count, ct);
        return new SetupState(
            string.Join(" · ", Needed.Select(r => $"{words[$"Role.{r}"]} {counts.GetValueOrDefault(r)}")),
            [.. Needed.Where(r => !counts.ContainsKey(r)).Select(r => words["FirstStep.NoPerson", words[$"Role.{r}"]].Value)]);
    }
}
