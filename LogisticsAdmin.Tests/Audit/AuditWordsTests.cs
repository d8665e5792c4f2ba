using System.Collections;
using System.Globalization;
using System.Resources;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Audit;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Settings;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Audit;

/// <summary>Every audited entity and field has words in both languages, registered by its slice.</summary>
public sealed class AuditWordsTests
{
    [Theory]
    [InlineData(Languages.Chinese)]
    [InlineData(Languages.English)]
    public async Task Every_audited_entity_field_and_choice_has_words(string language)
    {
        await using var host = await TestHost.OpenAsync();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var display = host.AsSystem().Get<AuditDisplay>();
        List<string> missing = [];

        var audited = await AuditedAsync(host);

        Assert.True(audited.Count > 10);
        foreach (var (entity, properties) in audited)
        {
            Demand(entity.Name, display.FindEntity(entity.Name));
            foreach (var (property, _) in properties) Demand($"{entity.Name}.{property}", display.FindField(entity.Name, property));
        }
        Demand("Person.Role", display.FindField(nameof(Person), nameof(Role)));
        Demand("ImportBatch", display.FindField("Vanished", "ImportBatch"));
        var types = audited.SelectMany(a => a.Properties).Select(p => Nullable.GetUnderlyingType(p.Type) ?? p.Type).Append(typeof(Role));
        foreach (var choice in types.Where(t => t.IsEnum).Distinct())
        {
            foreach (Enum member in Enum.GetValues(choice)) Demand($"{choice.Name}.{member}", display.FindMember(member));
        }
        Assert.True(missing.Count == 0, string.Join('\n', missing));

        void Demand(string what, string? word)
        {
            if (string.IsNullOrWhiteSpace(word) || (language == Languages.Chinese && !word.Any(c => c > 0x2E80))) missing.Add($"{what}: {word}");
        }
    }

    [Fact]
    public async Task Words_are_registered_once_and_for_audited_fields_only()
    {
        await using var host = await TestHost.OpenAsync();
        var audited = (await AuditedAsync(host)).ToDictionary(a => a.Entity, a => a.Properties.Select(p => p.Name).ToHashSet());
        // Separate rows that are audited as fields of the person.
        audited[typeof(Person)].UnionWith([nameof(Role), "Passkey", "Backup", "DataExport", "CheckOutNote", "MayPublish"]);
        // Written by the app itself, so that a seal cannot be replaced unseen.
        audited[typeof(LedgerDay)] = [nameof(LedgerDay.Hash)];
        // Lists that are audited as fields of what has them.
        audited[typeof(Crew)].UnionWith([CrewSettings.CategoriesField, CrewSettings.BuildingsField]);
        audited[typeof(VisitSlot)].UnionWith([SlotSettings.BuildingsField]);
        audited[typeof(SeasonGroup)].UnionWith([SeasonService.ClassesField, SeasonService.RoomsField]);
        var slices = host.AsSystem().Get<IEnumerable<IAuditWords>>().ToList();
        List<string> wrong = [];

        Assert.Equal(audited.Keys.Select(e => e.Name).Order(), slices.SelectMany(s => s.Entities).Select(e => e.Name).Order());
        foreach (var slice in slices)
        {
            var keys = new ResourceManager(slice.ResourceSource.FullName!, slice.ResourceSource.Assembly)
                .GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!;
            foreach (var key in keys.Cast<DictionaryEntry>().Select(k => (string)k.Key).Where(k => k.StartsWith("Audit.", StringComparison.Ordinal)))
            {
                var parts = key.Split('.');
                if (parts.Length < 3) continue;
                var known = slices.Where(s => s.ResourceSource == slice.ResourceSource).SelectMany(s => s.Entities)
                    .FirstOrDefault(e => e.Name == parts[2]) is { } entity
                    && (parts is [_, "Entity", _]
                        || (parts is [_, "Act", _, var verb] && Enum.TryParse<AuditVerb>(verb, out _))
                        || (parts is [_, "Field", _, var field] && audited[entity].Contains(field)));
                if (!known) wrong.Add($"{slice.ResourceSource.Name}: {key}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Values_are_shown_as_the_office_reads_them()
    {
        await using var host = await TestHost.OpenAsync();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        var display = host.AsSystem().Get<AuditDisplay>();
        (string Field, string Stored, string Shown)[] stored =
        [
            (nameof(Person.Status), "Graduated", "已毕业"),
            (nameof(Person.Status), "3", "停用"),
            (nameof(Person.DarkMode), "True", "是"),
            (nameof(Person.RetiredAt), "2026-11-22T16:30:00.0000000+00:00", "2026-11-23 00:30:00"),
            (nameof(Person.Grade), "2026", "2026"),
            (nameof(Role), "Dispatcher", "调度员"),
        ];
        var model = await host.InDatabaseAsync(db => Task.FromResult(db.Model));
        foreach (var (field, text, shown) in stored) Assert.Equal(shown, display.Value(AuditModel.Value(model, nameof(Person), field, text)));
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        (string Field, string Stored, string Shown)[] amounts =
        [
            ("CostFen", "1250", "12.50"), ("CostFen", "1", "0.01"), ("CostFen", "-9999999", "-99,999.99"),
            // The stored form before amounts were in fen.
            ("CostFen", "12.5", "12.5"), ("Cost", "12.5", "12.5"),
        ];
        foreach (var (field, text, shown) in amounts) Assert.Equal(shown, display.Value(AuditModel.Value(model, "RepairTicket", field, text)));
        Assert.Equal("2026-10-01", display.Value(AuditModel.Value(model, "CalendarSpan", "From", "10/01/2026")));
        Assert.Equal("周一、周三", display.Value(AuditModel.Value(model, nameof(VisitSlot), nameof(VisitSlot.Days), "Monday, Wednesday")));
        Assert.Equal("每天", display.Value(AuditModel.Value(model, nameof(VisitSlot), nameof(VisitSlot.Days), "All")));
        Assert.Equal("08:00", display.Value(AuditModel.Value(model, "OfficeSlot", "From", "08:00")));
        Assert.Equal(
            ("人员", "房间", "导入批次"),
            (display.Entity(nameof(Person)), display.Field(nameof(Person), nameof(Person.RoomId)), display.Field(nameof(Room), "ImportBatch")));
        Assert.Equal(("Vanished", "Colour"), (display.Entity("Vanished"), display.Field("Vanished", "Colour")));
    }

    [Fact]
    public async Task What_a_field_points_to_is_known()
    {
        await using var host = await TestHost.OpenAsync();
        var model = await host.InDatabaseAsync(db => Task.FromResult(db.Model));
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

    private static Task<List<(Type Entity, List<(string Name, Type Type)> Properties)>> AuditedAsync(TestHost host) =>
        host.InDatabaseAsync(db => Task.FromResult(db.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(IAudited)))
            .Select(e => (e.ClrType, e.GetProperties().Where(AuditTrail.IsAudited).Select(p => (p.Name, p.ClrType)).ToList())).ToList()));
}
