using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Settings;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs.Settings;

/// <summary>Complete forms of settings, and what is stored.</summary>
internal static class SettingsSample
{
    public static readonly RetireForm Why = new() { Reason = "不再使用" };

    public static CrewForm Crew(string code, long version = 0, string name = "暖通班") =>
        new() { Version = version, Code = code, Name = name, NameEn = "Heating crew" };

    public static CategoryForm Leaf(string code, long group, long version = 0, string name = "备用类别") =>
        new() { Version = version, ParentId = group, Code = code, Name = name, NameEn = "Spare kind" };

    public static VisitSlotForm Slot(int from, int to, long version = 0) => new() { Version = version, From = new TimeOnly(from, 0), To = new TimeOnly(to, 0) };

    /// <summary>What an unchanged form of the crew holds.</summary>
    public static CrewForm FormOf(CrewRow crew) => new()
    {
        Version = crew.Version,
        Code = crew.Code,
        Name = crew.Name.Zh,
        NameEn = crew.Name.En,
        Capacity = crew.Capacity,
        LeadId = crew.LeadId,
        Categories = [.. crew.Categories.Select(c => c.Id)],
        Buildings = [.. crew.Buildings.Select(b => b.Id)],
    };

    /// <summary>What an unchanged form of the category holds.</summary>
    public static CategoryForm FormOf(CategoryRow category) => new()
    {
        Version = category.Version,
        ParentId = category.ParentId,
        Code = category.Code,
        Name = category.Name.Zh,
        NameEn = category.Name.En,
        PlainName = category.PlainName.Zh,
        PlainNameEn = category.PlainName.En,
        Urgency = category.Urgency,
        CrewId = category.CrewId,
        Points = category.Points,
    };

    /// <summary>What an unchanged form of the slot holds.</summary>
    public static VisitSlotForm FormOf(VisitSlotRow slot) =>
        new() { Version = slot.Version, From = slot.From, To = slot.To, Days = slot.Days, Buildings = [.. slot.Buildings.Select(b => b.Id)] };

    extension(TestHost host)
    {
        public Task<long> BuildingAsync(string code) => host.InDatabaseAsync(db =>
            db.Set<Building>().Where(b => b.Code == code).Select(b => b.Id).FirstAsync(TestContext.Current.CancellationToken));

        public Task<long> CategoryAsync(string code) => host.InDatabaseAsync(db =>
            db.Categories.Where(c => c.Code == code).Select(c => c.Id).SingleAsync(TestContext.Current.CancellationToken));

        public Task<long> CrewAsync(string code) => host.InDatabaseAsync(db =>
            db.Set<Crew>().Where(c => c.Code == code).Select(c => c.Id).SingleAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Demands that the action is refused at this field for this reason.</summary>
    public static async Task RefusedAtAsync(string field, string code, Func<Task> action)
    {
        var problem = Assert.Single((await Assert.ThrowsAsync<Rejected>(action)).Problems);
        Assert.Equal((field, code), (problem.Field, problem.Code));
    }
}
