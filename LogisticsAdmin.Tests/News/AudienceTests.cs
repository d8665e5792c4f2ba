using System.Globalization;
using CsCheck;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>Whom an audience addresses: in memory for one reader, in the database for all people.</summary>
public sealed class AudienceTests
{
    private static readonly ReaderFacts Student =
        new(7, new HashSet<Role> { Role.Resident }, 1, 30, 5, 512, "物理2601", 2026, "物理学院", null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<AudienceRule, bool> Rules => new()
    {
        { AudienceRule.Everyone, true },
        { new([Line(AudienceField.Role, "Resident")], []), true },
        { new([Line(AudienceField.Role, "Technician")], []), false },
        { new([Line(AudienceField.Role, "Technician", "Resident")], []), true },
        { new([Line(AudienceField.Role, "Resident"), Line(AudienceField.Building, "30")], []), true },
        { new([Line(AudienceField.Role, "Resident"), Line(AudienceField.Building, "31")], []), false },
        { new([Line(AudienceField.Campus, "1")], [Line(AudienceField.Building, "30")]), false },
        { new([], [Line(AudienceField.Grade, "2026")]), false },
        { new([], [Line(AudienceField.Grade, "2025")]), true },
        { new([Line(AudienceField.Floor, "30:5")], []), true },
        { new([Line(AudienceField.Floor, "30:6", "31:5")], []), false },
        { new([Line(AudienceField.Room, "512")], []), true },
        { new([Line(AudienceField.Class, "物理2601")], []), true },
        { new([Line(AudienceField.College, "化学学院")], []), false },
        { new([Line(AudienceField.Crew, "1")], []), false },
        { new([Line(AudienceField.Person, "7")], []), true },
        { new([Line(AudienceField.Group, "1")], []), true },
        { new([Line(AudienceField.Group, "2")], []), false },
        { new([Line(AudienceField.Group, "3")], []), false },
        { new([Line(AudienceField.Role, "Resident")], [Line(AudienceField.Group, "1")]), false },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_line_must_hold_one_of_its_values_and_no_exception_may(AudienceRule rule, bool isAddressed)
    {
        var groups = new Dictionary<long, AudienceRule>
        {
            [1] = new([Line(AudienceField.Building, "30", "31")], []),
            [2] = new([Line(AudienceField.Building, "30")], [Line(AudienceField.Person, "7")]),
        };

        Assert.Equal(isAddressed, rule.Matches(Student, groups));
        Assert.Equal(rule, AudienceRule.Parse(rule.ToJson()));
    }

    [Fact]
    public async Task The_database_finds_the_same_people_as_the_rule_says_of_each()
    {
        await using var host = await TestHost.OpenAsync();
        var people = await host.InDatabaseAsync(async db =>
        {
            await db.WriteAsync(async token =>
            {
                // What the example people lack: classes, years and colleges.
                var n = 0;
                foreach (var person in await db.Users.OrderBy(p => p.Id).ToListAsync(token))
                {
                    if (n++ % 4 != 0) person.SetStudies(Gender.Unknown, n % 3 == 0 ? "物理学院" : "O'Neil", null, $"班{n % 5}", 2023 + n % 4);
                    if (n % 11 == 0) person.SetStatus(PersonStatus.Disabled, TestHost.Start);
                }
            }, Ct);
            return await db.Users.Select(p => p.Id).ToListAsync(Ct);
        });
        List<ReaderFacts> facts = [];
        foreach (var ids in people.Chunk(100)) facts.AddRange(await host.InDatabaseAsync(db => db.FactsAsync(ids, Ct)));
        var active = await host.InDatabaseAsync(db => db.Users.Where(p => p.Status != PersonStatus.Disabled).Select(p => p.Id).ToHashSetAsync(Ct));
        var rules = RulesAbout(facts);

        await Gen.Select(rules, rules, rules).SampleAsync(async drawn =>
        {
            var groups = new Dictionary<long, AudienceRule> { [1] = WithoutGroups(drawn.Item2), [2] = WithoutGroups(drawn.Item3) };
            var expected = facts.Where(f => active.Contains(f.PersonId) && drawn.Item1.Matches(f, groups)).Select(f => f.PersonId).Order().ToList();
            var found = await host.InDatabaseAsync(db => db.Addressed(drawn.Item1, groups).Select(p => p.Id).OrderBy(id => id).ToListAsync(Ct));
            Assert.Equal(expected, found);
        }, iter: 150, threads: 1);
    }

    private static Gen<AudienceRule> RulesAbout(List<ReaderFacts> facts)
    {
        var fields = Gen.Enum<AudienceField>();
        var line = Gen.Select(fields, Gen.Int[0, facts.Count - 1].Array[1, 4], Gen.Bool).Select((field, who, strange) => new AudienceLine(
            field, [.. who.Select(w => ValueOf(field, facts[w])).OfType<string>().Concat(strange ? ["0", "nothing"] : []).Distinct()]));
        return Gen.Select(line.List[0, 3], line.List[0, 2]).Select((lines, except) => new AudienceRule(lines, except));
    }

    private static string? ValueOf(AudienceField field, ReaderFacts person) => field switch
    {
        AudienceField.Role => person.Roles.First().ToString(),
        AudienceField.Campus => Text(person.CampusId),
        AudienceField.Building => Text(person.BuildingId),
        AudienceField.Floor => person.BuildingId is { } building ? AudienceRule.FloorValue(building, person.Floor!.Value) : null,
        AudienceField.Room => Text(person.RoomId),
        AudienceField.Class => person.ClassName,
        AudienceField.Grade => Text(person.Grade),
        AudienceField.College => person.College,
        AudienceField.Crew => Text(person.CrewId),
        AudienceField.Person => Text(person.PersonId),
        _ => Text(person.PersonId % 3 + 1),
    };

    private static AudienceRule WithoutGroups(AudienceRule rule) => new(
        [.. rule.Lines.Where(l => l.Field != AudienceField.Group)], [.. rule.Except.Where(l => l.Field != AudienceField.Group)]);

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);

    private static AudienceLine Line(AudienceField field, params string[] values) => new(field, values);
}
