using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Audit;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Audit;

/// <summary>Whatever the database audits is called something in both languages.</summary>
public sealed class AuditWordsTests
{
    [Theory]
    [InlineData(Languages.Chinese)]
    [InlineData(Languages.English)]
    public async Task Every_audited_thing_field_and_choice_has_words(string language)
    {
        await using var house = await TestHouse.OpenAsync();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var keys = new System.Resources.ResourceManager(typeof(AuditText).FullName!, typeof(AuditText).Assembly)
            .GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!;
        var words = house.AsSystem().Get<AuditWords>();
        List<string> missing = [];

        var audited = await house.InDatabaseAsync(db => Task.FromResult(db.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(IAudited)))
            .Select(e => (e.ClrType.Name, Properties: e.GetProperties().Where(AuditTrail.Audits).Select(p => (p.Name, p.ClrType)).ToList())).ToList()));

        Assert.True(audited.Count > 10);
        foreach (var (entity, properties) in audited)
        {
            Demand($"Entity.{entity}");
            foreach (var (property, _) in properties) Demand($"Field.{entity}.{property}");
        }
        Demand("Field.Person.Role");
        Demand("Field.*.ImportBatch");
        foreach (var choice in audited.SelectMany(a => a.Properties).Select(p => Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType).Append(typeof(Role)).Where(t => t.IsEnum).Distinct())
        {
            foreach (Enum member in Enum.GetValues(choice))
                if (language == Languages.Chinese && words.Value(member) == member.ToString()) missing.Add($"{choice.Name}.{member}");
        }
        Assert.True(missing.Count == 0, string.Join('\n', missing));

        void Demand(string key)
        {
            if (string.IsNullOrWhiteSpace(keys.GetString(key))) missing.Add(key);
        }
    }

    [Fact]
    public async Task Values_are_put_as_the_office_reads_them()
    {
        await using var house = await TestHouse.OpenAsync();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        var words = house.AsSystem().Get<AuditWords>();
        (string Field, string Stored, string Shown)[] stored =
        [
            (nameof(Person.Status), "Graduated", "已毕业"),
            (nameof(Person.Status), "3", "停用"),
            (nameof(Person.DarkMode), "True", "是"),
            (nameof(Person.RetiredAt), "2026-11-22T16:30:00.0000000+00:00", "2026-11-23 00:30:00"),
            (nameof(Person.Grade), "2026", "2026"),
            (nameof(Role), "Dispatcher", "调度员"),
        ];
        var model = await house.InDatabaseAsync(db => Task.FromResult(db.Model));
        foreach (var (field, text, shown) in stored) Assert.Equal(shown, words.Value(AuditModel.Value(model, nameof(Person), field, text)));
        Assert.Equal("2026-10-01", words.Value(AuditModel.Value(model, "CalendarSpan", "From", "10/01/2026")));
        Assert.Equal("08:00", words.Value(AuditModel.Value(model, "OfficeSlot", "From", "08:00")));
        Assert.Equal(("人员", "房间", "导入批次"), (words.Entity(nameof(Person)), words.Field(nameof(Person), nameof(Person.RoomId)), words.Field(nameof(Room), "ImportBatch")));
        Assert.Equal(("Vanished", "Colour"), (words.Entity("Vanished"), words.Field("Vanished", "Colour")));
    }

    [Fact]
    public async Task What_a_field_points_to_is_known()
    {
        await using var house = await TestHouse.OpenAsync();
        var model = await house.InDatabaseAsync(db => Task.FromResult(db.Model));
        (string Entity, string Field, Type? Target)[] fields =
        [
            (nameof(Person), nameof(Person.RoomId), typeof(Room)),
            (nameof(Person), nameof(Person.BedId), typeof(Bed)),
            (nameof(Person), nameof(Person.CrewId), typeof(Crew)),
            (nameof(Person), nameof(Person.RetiredById), typeof(Person)),
            (nameof(Crew), nameof(Crew.LeadId), typeof(Person)),
            (nameof(Bed), nameof(Bed.RetiredById), typeof(Person)),
            (nameof(Room), nameof(Room.Floor), null),
            ("Vanished", "Colour", null),
        ];
        foreach (var (entity, field, target) in fields) Assert.Equal(target, AuditModel.Target(model, entity, field)?.ClrType);
        Assert.Equal("ImportBatch", AuditModel.Target(model, nameof(Person), "ImportBatch")?.ClrType.Name);
    }
}
