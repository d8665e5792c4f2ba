using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Kinds;

internal static class KindsSetup
{
    public static IServiceCollection AddFeeKinds(this IServiceCollection services) => services
        .AddScoped<FeeKindsUndo>()
        .AddScoped<FeeKindService>();

    /// <summary>All kinds as a file.</summary>
    public static void MapFeeKinds(this IEndpointRouteBuilder app) => app.MapGroup("").RequireAuthorization(Policies.Office).MapExport("fee-kinds").MapGet("",
        (FeeKindService kinds, IStringLocalizer<KindsText> words, IStringLocalizer<FeesText> feesWords) => new ExportFile<FeeKindRow>(
            words["Title"], FeeKindExport.Columns(words, feesWords), kinds.ListAsync));
}
