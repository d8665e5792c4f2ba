using System.Text;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Imports;

/// <summary>Steps of the wizard without the page.</summary>
internal static class Importing
{
    extension(Desk desk)
    {
        public ImportService Imports => desk.Get<ImportService>();

        public Task<ImportSession> OpenAsync(string kind, string csv, string name = "名单.csv") =>
            desk.Imports.OpenAsync(kind, name, new MemoryStream(Encoding.UTF8.GetBytes(csv)), TestContext.Current.CancellationToken);

        /// <summary>Opens and checks a file with these options on.</summary>
        public async Task<ImportSession> CheckAsync(string kind, string csv, params string[] options)
        {
            var session = await desk.OpenAsync(kind, csv);
            foreach (var option in options) session.SetOption(option, on: true);
            await desk.Imports.CheckAsync(session, ct: TestContext.Current.CancellationToken);
            return session;
        }

        public async Task<(long Batch, ImportCounts Counts)> ImportAsync(string kind, string csv, bool goodRowsOnly = false, params string[] options)
        {
            await using var session = await desk.CheckAsync(kind, csv, options);
            var batch = await desk.Imports.CommitAsync(session, goodRowsOnly, ct: TestContext.Current.CancellationToken);
            return (batch, session.Counts!);
        }
    }

    extension(ImportSession session)
    {
        public RowVerdict At(int row) => session.Verdicts!.Single(v => v.Row == row);

        /// <summary>All problems of a row as "column: code".</summary>
        public IEnumerable<string> Wrong(int row) => session.At(row).Problems.Select(p => $"{p.Column}: {p.Code}");
    }
}
