using System.Security.Claims;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Security;

/// <summary>Rights that depend on the role alone.</summary>
public sealed class ActorTests
{
    [Theory]
    [InlineData(Role.Administrator, true, true, true)]
    [InlineData(Role.Manager, true, true, true)]
    [InlineData(Role.Dispatcher, false, true, true)]
    [InlineData(Role.Technician, false, false, true)]
    [InlineData(Role.Resident, false, false, false)]
    [InlineData(null, false, false, false)]
    public void Each_role_belongs_to_its_groups_and_only_they_pass(Role? role, bool isManagement, bool isOffice, bool isStaff)
    {
        var actor = role is { } known ? new Actor(1, "", new HashSet<Role> { known }, null, null) : Actor.System;

        Assert.Equal((isManagement, isOffice, isStaff), (actor.IsManagement, actor.IsOffice, actor.IsStaff));
        Assert.Equal((isManagement, isOffice, isStaff), (Passes(actor.DemandManagement), Passes(actor.DemandOffice), Passes(actor.DemandStaff)));
    }

    [Fact]
    public void One_role_of_several_is_enough()
    {
        var actor = new Actor(1, "", new HashSet<Role> { Role.Resident, Role.Manager }, null, null);

        Assert.True(actor.IsManagement);
    }

    [Theory]
    [InlineData(Role.Administrator, Policies.Administrators, Policies.Management, Policies.Office)]
    [InlineData(Role.Manager, Policies.Management, Policies.Office)]
    [InlineData(Role.Dispatcher, Policies.Office)]
    [InlineData(Role.Technician, Policies.Technicians)]
    [InlineData(Role.Resident)]
    public async Task Each_role_passes_the_policies_that_are_meant_for_it(Role role, params string[] passed)
    {
        await using var host = await TestHost.OpenAsync();
        var policies = host.Services.GetRequiredService<IAuthorizationPolicyProvider>();
        var person = new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.Role, role.ToString())], "test"));
        await using var scope = host.Services.CreateAsyncScope();
        var authorization = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();

        List<string> actual = [];
        foreach (var name in new[] { Policies.Administrators, Policies.Management, Policies.Office, Policies.Technicians })
        {
            var policy = await policies.GetPolicyAsync(name);
            if ((await authorization.AuthorizeAsync(person, null, policy!)).Succeeded) actual.Add(name);
        }

        Assert.Equal(passed, actual);
    }

    private static bool Passes(Action demand)
    {
        try
        {
            demand();
            return true;
        }
        catch (Forbidden)
        {
            return false;
        }
    }
}
