using System.Text;
using System.Text.Json.Nodes;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Repairs.LogImport;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Imports;

/// <summary>A foreign log read by a saved mapping, in the wizard and by the command.</summary>
public sealed class LogMappingTests
{
    private const string Tickets = "tickets", Animals = "nyc-311";

    private const string Log = """
        Unique Key,Created Date,Closed Date,Complaint Type,Descriptor,Incident Address,City,Status,Borough
        41,6/1/2024 9:30,6/2/2024 10:00,Dead Animal,Cat,12 MAIN ST,BROOKLYN,Closed,BROOKLYN
        42,6/3/2024 13:05,,Rodent,Rat Sighting,N/A,QUEENS,In Progress,QUEENS
        43,not a time,,Dead Animal,Dog,1 ELM ST,BRONX,Closed,BRONX
        41,6/4/2024 8:00,,Dead Animal,Dog,1 ELM ST,BRONX,Closed,BRONX
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_with_all_columns_of_one_mapping_is_read_by_it_and_the_command_knows_its_rows_afterwards()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        await using var session = await manager.CheckAsync(Tickets, Log);
        Assert.Equal(Animals, session.Mapping!.Key);
        Assert.Equal(new ImportCounts(2, 0, 0, 2), session.Counts);
        Assert.Contains("· + ", session.At(2).Label, StringComparison.Ordinal);
        Assert.Equal([": Import.BadTime"], session.Wrong(4));
        Assert.Equal([": Import.DuplicateKey"], session.Wrong(5));

        var batch = await manager.Imports.CommitAsync(session, goodRowsOnly: true, ct: Ct);
        var tickets = await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Source == Animals).OrderBy(t => t.SourceKey).ToListAsync(Ct));
        Assert.Equal([TicketStatus.Closed, TicketStatus.New], tickets.Select(t => t.Status));
        Assert.Equal(("Dead Animal: Cat, 12 MAIN ST, BROOKLYN", new DateTimeOffset(2024, 6, 1, 13, 30, 0, TimeSpan.Zero)),
            (tickets[0].Description, tickets[0].SubmittedAt));

        var report = await host.AsSystem().Get<LogImportService>()
            .ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(Log)), ((LogMapping)session.Mapping).Map, Ct);
        Assert.Equal((4, 0, 2, 2), (report.Read, report.Imported, report.AlreadyThere, report.Rejected.Count));

        Assert.Equal(2, (await manager.Imports.UndoAsync(batch, Ct)).Undone);
        Assert.Equal(0, await host.InDatabaseAsync(db => db.RepairTickets.CountAsync(t => t.Source == Animals, Ct)));
    }

    [Fact]
    public async Task What_the_command_brought_in_the_wizard_leaves_as_it_is()
    {
        await using var host = await TestHost.OpenAsync();
        var map = LogMapping.FromSeeds().Single(r => r.Key == Animals).Map;
        await host.AsSystem().Get<LogImportService>().ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(Log)), map, Ct);
        await using var session = await (await host.AsAsync(TestUsers.Manager)).CheckAsync(Tickets, Log);
        Assert.Equal(new ImportCounts(0, 0, 2, 2), session.Counts);
        Assert.DoesNotContain("+", session.At(2).Label, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_was_given_another_meaning_counts_for_this_file_and_for_the_next_of_its_kind()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        await using (var session = await manager.CheckAsync(Tickets, Log))
        {
            var mapping = (LogMapping)session.Mapping!;
            var urgent = mapping.Map.Urgency with { Map = new Dictionary<string, Urgency> { ["Rat Sighting"] = Urgency.Emergency } };
            session.UseMapping(mapping with { Map = mapping.Map with { Urgency = urgent } });
            Assert.Null(session.Verdicts);
            await manager.Imports.CheckAsync(session, ct: Ct);
            await manager.Imports.CommitAsync(session, goodRowsOnly: true, ct: Ct);
        }
        Assert.Equal(Urgency.Emergency, await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.SourceKey == "42").Select(t => t.Urgency)
            .SingleAsync(Ct)));

        await using var next = await (await host.AsAsync(TestUsers.Administrator)).OpenAsync(Tickets, Log.Replace("\n42,", "\n44,", StringComparison.Ordinal));
        Assert.Equal(Urgency.Emergency, ((LogMapping)next.Mapping!).Map.Urgency.Of("Rat Sighting"));
        Assert.Equal(2, next.Mappings.Count);
    }

    [Fact]
    public async Task A_mapping_file_is_taken_and_given_back_as_the_command_reads_it_and_a_broken_one_is_refused_in_words()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        await using var session = await manager.OpenAsync(Tickets, "No,When,What\n1,2025-03-01,滴水\n");
        Assert.Null(session.Mapping);
        var mine = JsonNode.Parse(LogMapping.FromSeeds()[0].ToFile())!;
        mine["source"] = "mine";
        var refused = await Assert.ThrowsAsync<Rejected>(() => TakeAsync("""{"source":"mine"}"""));
        Assert.Equal("MapUnreadable", refused.Code);
        Assert.Null(session.Mapping);

        await TakeAsync(mine.ToJsonString());
        Assert.Equal(("mine", false), (session.Mapping!.Key, session.IsComplete));
        Assert.NotEmpty(session.MissingHeaders);
        Assert.Equal("ColumnsMissing", (await Assert.ThrowsAsync<Rejected>(() => manager.Imports.CheckAsync(session, ct: Ct))).Code);
        Assert.Equal(session.Mapping.ToFile(), (await LogMap.ReadAsync(new MemoryStream(session.Mapping.ToFile()), Ct)).ToJson());

        session.UseMapping(null);
        Assert.Equal(3, session.Mappings.Count);

        Task TakeAsync(string json) => manager.Imports.UseMappingAsync(session, new MemoryStream(Encoding.UTF8.GetBytes(json)), "mine.map.json", Ct);
    }

    [Fact]
    public async Task A_mapping_that_names_an_unknown_category_is_refused_before_anything_is_stored()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        await using var session = await manager.OpenAsync(Tickets, Log);
        var mapping = (LogMapping)session.Mapping!;
        session.UseMapping(mapping with { Map = mapping.Map with { Category = mapping.Map.Category with { Default = "no such" } } });
        Assert.Equal("MapWrong", (await Assert.ThrowsAsync<Rejected>(() => manager.Imports.CheckAsync(session, ct: Ct))).Code);
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Only_managers_and_administrators_read_logs(string person)
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(person);
        await Assert.ThrowsAsync<NotFound>(() => desk.OpenAsync(Tickets, Log));
    }
}
