using LogisticsAdmin.Account;
using LogisticsAdmin.Components;
using LogisticsAdmin.Features.News.Feeds;
using LogisticsAdmin.Live;
using LogisticsAdmin.Media;
using LogisticsAdmin.Security;

namespace LogisticsAdmin;

public static partial class Program
{
    /// <summary>What every request passes, in this order.</summary>
    private static void UseMiddleware(WebApplication app)
    {
        app.UseServerStop();
        app.UseHttpLogging();
        app.UseSecurityHeaders();
        app.UseErrorPages();
        app.UseLanguages();
        app.UsePublicLimits();
        app.UseAuthentication();
        app.UseCircuitAccess();
        app.UseAuthorization();
        app.UseCurrentUser();
        app.UseUploadLimits();
        app.UseRequiredPasswordChange();
        app.UseAntiforgery();
        app.UseStaleForms();
    }
}
